// The board by keyboard: all orders are one tab stop, arrows move between orders and columns, Enter
// moves an order on, and Tab continues with the buttons of the order.
"use strict";
(() => {
  const board = document.getElementById("board");
  const inside = (order) => order.querySelectorAll("a, button");
  let current = null;

  function arrange() {
    const orders = board.querySelectorAll("[data-order]");
    if (!current || !current.isConnected) current = orders[0] || null;
    for (const order of orders) {
      order.tabIndex = order === current ? 0 : -1;
      for (const one of inside(order)) one.tabIndex = order === current ? 0 : -1;
    }
  }
  arrange();
  const isElement = (node) => node.nodeType === Node.ELEMENT_NODE;
  new MutationObserver((all) => {
    if (all.some((one) => [...one.addedNodes, ...one.removedNodes].some(isElement))) arrange();
  }).observe(board, { childList: true, subtree: true });
  board.addEventListener("focusin", ({ target }) => {
    const order = target.closest("[data-order]");
    if (!order || order === current) return;
    current = order;
    arrange();
  });

  function beside(order, by) {
    const lists = [...board.querySelectorAll("[data-list]")].filter((list) => list.querySelector("[data-order]"));
    const list = lists[lists.indexOf(order.parentElement) + by];
    if (!list) return null;
    const top = order.getBoundingClientRect().top;
    const far = (one) => Math.abs(one.getBoundingClientRect().top - top);
    return [...list.querySelectorAll("[data-order]")].reduce((best, one) => (far(one) < far(best) ? one : best));
  }
  function along(order, by) {
    const all = [...order.parentElement.querySelectorAll("[data-order]")];
    return all[all.indexOf(order) + by];
  }

  board.addEventListener("keydown", (event) => {
    const order = event.target.closest("[data-order]");
    if (!order || event.ctrlKey || event.metaKey || event.altKey) return;
    const isGrid = order.parentElement.classList.contains("tickets");
    const goals = {
      ArrowDown: () => along(order, 1), ArrowUp: () => along(order, -1),
      ArrowRight: () => (isGrid ? along(order, 1) : beside(order, 1)),
      ArrowLeft: () => (isGrid ? along(order, -1) : beside(order, -1)),
    };
    if (event.key in goals) {
      const goal = goals[event.key]();
      event.preventDefault();
      if (goal) { goal.focus(); goal.scrollIntoView({ block: "nearest", inline: "nearest" }); }
    } else if (event.key === "Enter" && event.target === order && !event.repeat) {
      const onward = order.querySelector(".onward");
      if (onward) onward.click();
    }
  });
})();
