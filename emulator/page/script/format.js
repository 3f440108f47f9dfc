// WhatsApp's formatting: *bold* _italic_ ~strike~ `mono` ```mono``` > quote - item, and links.

import { el } from "./dom.js";

const WORD = "[\\p{L}\\p{N}]";
// A mark counts only around words: 2*3*4 is arithmetic.
const marked = (mark) =>
  `(?<!${WORD}|${mark})${mark}(?!\\s|${mark})([^\\n]*?[^\\s\\n])${mark}(?!${WORD}|${mark})`;
const INLINE = new RegExp(
  ["`([^`\\n]+)`", marked("\\*"), marked("_"), marked("~"), "(https?:\\/\\/[^\\s<>]*[^\\s<>.,!?;:)])"].join("|"),
  "gu",
);
const TAGS = ["code", "strong", "em", "s"];
const EMOJI = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\u200d|\ufe0f)+$/u;
const HUGE_AT_MOST = 3;

/** The text as nodes; never as HTML. */
export function formatted(text) {
  const found = document.createDocumentFragment();
  text.split(/```([\s\S]+?)```/).forEach((part, index) => {
    if (index % 2) found.append(el("code", {}, part));
    else found.append(...lines(part));
  });
  return found;
}

/** Whether the text is only a few emoji, which are shown large. */
export function isHuge(text) {
  if (!EMOJI.test(text.trim())) return false;
  return [...new Intl.Segmenter().segment(text.trim())].length <= HUGE_AT_MOST;
}

function lines(text) {
  const quoted = (line) => line?.startsWith("> ");
  const all = text.split("\n");
  return all.flatMap((line, index) => {
    if (quoted(line)) return [el("blockquote", {}, ...inline(line.slice(2)))];
    // A quotation is a block: it needs no line break after it.
    const start = index && !quoted(all[index - 1]) ? ["\n"] : [];
    const item = /^[-*] (?=\S)/.exec(line);
    return [...start, ...(item ? ["• ", ...inline(line.slice(2))] : inline(line))];
  });
}

function inline(text) {
  const nodes = [];
  let done = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(text.slice(done, match.index));
    done = match.index + match[0].length;
    const which = match.slice(1).findIndex((group) => group !== undefined);
    nodes.push(which < TAGS.length ? styled(TAGS[which], match[which + 1]) : link(match[0]));
  }
  return [...nodes, text.slice(done)];
}

const styled = (tag, text) => el(tag, {}, ...(tag === "code" ? [text] : inline(text)));

export const link = (url, ...children) =>
  el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...(children.length ? children : [url]));
