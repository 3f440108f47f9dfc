"""The sentences of nlu/intents/certain_words.py, in English and in Hindi in both scripts."""

import re

_MINUTES = (
    r"(?:s|secs?|seconds?|m|mins?|mnts?|mints?|minutes?|minits?|moments?|mo|ticks?|while|bit|time"
    r"|pal"
    r"|मिनट|मिनिट|सेकंड|सेकेंड|पल|समय|टाइम)"
)
_SOME = (
    r"(?:an?|one|two|three|five|ten|few|couple(?: of)?|some|little|bit|more|\d{1,2}|ek|do|paanch"
    r"|panch|thoda|thodi|thora|एक|दो|पाँच|पांच|थोड़ा|थोड़ी|थोडा)"
)
_SPAN = rf"(?:(?:{_SOME}\s+){{1,3}}(?:more |bit of )?{_MINUTES}|\d{{1,2}}\s?{_MINUTES})(?: more)?"
_HOLD = (
    r"(?:w+a+i+t+|w8|stay|hold(?: on| up)?|hang on|stand by|bear with me|brb|be right back|patience"
    r"|ruko+|rukk?iye|rukna|ruk(?: ja(?:o|iye|na)?)?|ruk jao|the?hro|thahro|theher(?:o| ja(?:o)?)?"
    r"|sabar|रुको|रुकिए|रुकिये|रुकना|रुक जाओ|रुक जाइए|ठहरो|ठहरिए|ठहरिये|इंतज़ार करो|इंतजार करो)"
)
_LITTLE = r"(?:zara|jara|thoda|thodi der|abhi|now|a little|a bit|for|here|there|ज़रा|जरा|थोड़ा|अभी)"
_GIVE = r"(?:give me|gimme|need|i need|want|allow me|mujhe|mujhe|दो मुझे|मुझे)"
_GIVEN = r"(?:do|dena|dijiye|dedo|de do|lagega|chahiye|दो|दीजिए|दे दो|चाहिए|लगेगा)"
_I = r"(?:i|i'?m|i am|i'?ll|i will|we|we are|we'?ll|we will|will|main|mai|me|hum|मैं|हम)"
_THINK = (
    r"(?:think(?:ing)?|decid(?:e|ing)|check(?:ing)?|look(?:ing)?|see|ask(?:ing)?|discuss(?:ing)?"
    r"|typ(?:e|ing)|get back|come back|let you know|tell you|figure)"
)
_HOW = (
    r"(?:it|about it|about|it over|over|once|first|still|with|at it|the menu|menu|and|then|you"
    r"|to you"
    r"|my|wife|husband|friends?|family|mom|mum|mother|dad|father|boss|kids|everyone|them|him|her|a"
    r"|and|get|back|in|soon|tell|let|know|will|i|out|some|more|time|bit|what|we|want|need|others?"
    r"|team)"
)
_LET = rf"(?:let me|lemme|let us|lets|let's|{_I}(?: still| just)?|still|just)"
_THINKS = (
    rf"(?:(?!(?:i|we) (?:see|think|check|decide)\b)(?:{_LET} )?{_THINK}(?: {_HOW})*|soch(?:ne|ke"
    rf"|kar|ta|ti)?(?: (?:do|dijiye|raha|rahi|ke"
    r"|hu|hoon|hun|lu|loon|batata|batati|bataunga|bataungi))*|(?:dekh|puch|pooch)(?:ta|ti|ne|ke"
    r"|kar)"
    r"(?: (?:do|lu|hu|hoon|hun|leta|batata|bataunga|batati))*|bata(?:ta|ti|unga|ungi) (?:hu|hoon"
    r"|hun)"
    r"|सोचने दो|सोच रह[ाी] (?:हूँ|हूं|हु)|सोच ?कर बताता? ?हूँ?|बताता हूँ|बताती हूँ|देखता हूँ"
    r"|देखने दो)"
)
_TIME = rf"(?:{_GIVE} )?{_SPAN}(?: {_GIVEN})*"
_WAITING = rf"(?:{_HOLD}|{_LITTLE}|{_TIME}|{_THINKS})"
WAITS = re.compile(rf"(?!{_LITTLE}$){_WAITING}(?:\s+{_WAITING})*")
WAITS_FIRST = re.compile(rf"(?:(?:{_HOLD}|{_TIME})(?:\s+{_LITTLE})?\s+)+(?=\S)")
# Behind "wait" these are a wish or a question of their own.
WANTS = re.compile(
    r"\d|\b(?:cancel\w*|confirm\w*|yes|no|not|do?n'?t|instead|make|change|add|remove|order\w*|track"
    r"|where|when|how|why|what|who|which|status|refund|late|food|since|hours?|ghant\w*|menu|person"
    r"|human|stop|help|nahi+n?|mat|kab|kahan?|kidhar|kitn\w*|kyu\w*|kya|is|are|list|total|price"
    r"|bill)\b"
    r"|रद्द|नहीं|मत|कब|कहाँ|कहां|क्यों|कितन|क्या|ऑर्डर"
)

_AFTERWARDS = (
    r"(?:later(?: on)?|after ?wards|some other time|some time later|another time|other time"
    r"|next time"
    r"|in a while|after some time|after a while|tomorrow|another day|some other day|baad m(?:e"
    r"|ein|ai)n?"
    r"|thodi der (?:me|mein|baad)(?: me)?|kal|phir kabhi|fir kabhi|बाद में|बाद मे|थोड़ी देर में|कल"
    r"|फिर कभी)"
)
_NOT_NOW = (
    r"(?:not (?:right )?now|not today|not at the moment|not yet|no not now|abhi nahi+n?|abhi nai"
    r"|aaj nahi+n?|अभी नहीं|आज नहीं)"
)
_DOES = (
    r"(?:maybe|may be|perhaps|no|(?:i |i'?ll |we )?(?:will )?(?:do|order|confirm|decide|buy|see"
    r"|think"
    r"|take|place)(?: it| this| the order)?|i'?ll|will|kar(?:ta|ti|unga|ungi|enge)(?: hu| hoon)?"
    r"|dekh(?:ta|unga|te)(?: hu| hoon| hain)?|lunga|lungi|शायद|करूँगा|करूंगा|देखता हूँ|लूँगा)"
)
LATER = re.compile(
    rf"(?:{_DOES} )*(?:{_NOT_NOW}(?: {_DOES})*(?: {_AFTERWARDS})?|{_AFTERWARDS})(?: {_DOES})*"
)

THAT_IS_ALL = re.compile(
    r"(?:no |nope |yes |nahi )?(?:(?:that|this)(?:'?s| is| will be|'?ll be| would be)?"
    r" (?:all|it|enough|everything)(?: (?:for now|from me|for today|for me|now|i (?:need|want)))*"
    r"|i'?m done|i am done|all done|all set|nothing (?:else|more)|no more(?: items)?|only (?:this"
    r"|that)"
    r"|just (?:this|that)|this much(?: only)?|bas+(?: bas)?|bas (?:itna|itni|yahi|ye|yeh|ho gaya)"
    r"(?: hi)?(?: chahiye)?|(?:sirf )?itna hi(?: chahiye)?|aur kuch nahi+n?(?: chahiye)?"
    r"|kuch aur nahi+n?(?: chahiye)?|बस|बस इतना(?: ही)?|इतना ही|और कुछ नहीं|बस यही)"
)
NOTHING_ELSE = re.compile(
    r"(?:no |only )?(?:nothing (?:else|more)|anything (?:else|more)(?: (?:in|on) (?:the )?menu)?"
    r"|something else|any other (?:items?|options?|things?)|(?:is )?(?:that|this)(?:'?s"
    r"| is)? (?:all|it)"
    r"(?: (?:(?:that )?(?:you|u) (?:have|got|sell)|there is|on the menu))?|only these"
    r"|only this much"
    r"|kuch (?:aur|or) (?:nahi+n? )?(?:hai|milega)?(?: kya)?|(?:bas|sirf) (?:itna|yahi|ye)(?: hi)?"
    r"(?: hai| milta hai)?(?: kya)?|(?:aur|or) kuch(?: nahi+n?)?(?: hai)?(?: kya)?|(?:aur"
    r"|or) kya hai"
    r"|what else|और कुछ(?: नहीं)?(?: है)?|कुछ और(?: नहीं)?(?: है)?|और क्या है|बस यही है)"
)
NONE_OF_THESE = re.compile(
    r"(?:no )?(?:none(?: of (?:these|those|them|the above|it))?(?: please)?"
    r"|not (?:any of )?(?:these|those)"
    r"|neither(?: of (?:these|them))?|nothing (?:here|from (?:here|this|these)|on (?:this"
    r"|the) (?:list"
    r"|menu)|i like(?: here)?)|i (?:do not|don'?t) (?:want|like|need) (?:any(?: of)? "
    r"|anything from )?"
    r"(?:these|those|this|them|it)|i want something else|something (?:else|different)"
    r"|what else(?: (?:do|have) (?:you|u)(?: have| got| sell)?)?|show me something else"
    r"|(?:in|inme|inmein|isme|unme)(?: se)? (?:koi|kuch)(?: bhi)? nahi+n?|koi (?:bhi )?nahi+n?"
    r"|kuch (?:aur|or)(?: dikhao| chahiye)?|इनमें से (?:कोई|कुछ)(?: भी)? नहीं|कुछ और(?: दिखाओ)?)"
)
_MONEY = r"(?:total|bill|amount|sum)"
TOTAL = re.compile(
    r"(?:how much (?:money )?(?:do|should|must|shall|will|did|would|to)? ?(?:i|we)? ?(?:have to"
    r"|need to"
    r"|got to|gotta)? ?(?:pay|owe|be paying)(?: (?:now|you|u|in total|total|in all|for (?:it|this"
    r"|that"
    r"|my order|the order|everything|all)))*|what (?:do|should) i (?:owe|pay)(?: you)?"
    rf"|(?:what(?:'?s| is| will be)?|whats|tell me|show(?: me)?|how much is)? ?(?:my|the|our)?"
    rf" ?(?:order )?{_MONEY}(?: amount| to pay| (?:is )?how much)?"
    rf"|(?:mera |meri |total |mujhe |kul )*kitn[aei] (?:paise? |rupaye |{_MONEY} )?(?:dena|deni"
    rf"|dene|hua"
    r"|hue|banta|bana|lagega|pay karna|bharna)(?: hai| hoga| padega| h)?"
    rf"|(?:mera |total |order ka )*{_MONEY} kitn[aei](?: hai| hua| h| bana)?"
    r"|(?:मुझे )?(?:कुल )?कितना (?:देना|हुआ|पैसा|पे करना)(?: है| होगा| पड़ेगा)?|(?:मेरा )?(?:टोटल"
    r"|बिल) कितना(?: है| हुआ)?)"
)
BILL = re.compile(
    r"\b(?:can|could|may|will) (?:i|we|you|u) (?:please |pls )?(?:get|have|see|send|give|share"
    r"|show)"
    r" (?:me |us )?(?:an? |the |my )?(?:copy of )?(?:the |my )?(?:bill|receipt|invoice)\b"
    r"|^(?:please |pls |the |my |ok )*(?:bill|receipt|invoice)(?: please| pls| plz| do| dena| dedo"
    r"| bhejo| dijiye| de do)?$|^(?:बिल|रसीद)(?: दो| दीजिए| भेजो| चाहिए)?$"
    r"|\b(?:send|show|give|share)(?: me| us)? (?:an? |the |my )?(?:bill|receipt)\b"
    r"|\b(?:i |we )?(?:need|want) (?:an? |the |my )?(?:bill|receipt)$"
)
BILL_IN_TROUBLE = re.compile(
    r"\b(?:wrong|galat|galti|issue|problem|error|not|never|gst|tax|company|mail|email|pdf"
    r"|electricity"
    r"|bijli|phone|split|monthly|pay my)\b"
)

FACILITY = re.compile(
    r"\b(?:wi-? ?fi|parking|park|washrooms?|toilets?|restrooms?|bathrooms?|air ?con\w*|a\.?c"
    r"|seat(?:s|ing)?"
    r"|sit(?:ting)?|dine|dining|tables?|reserv\w+|outdoor|terrace|pets|pet friendly|dogs?|smok\w+"
    r"|charging|plug"
    r"|wheel ?chair|lift|high ?chair|kids (?:area|zone|corner)|play area|music"
    r"|loyalty|membership|party hall)\b|वाईफाई|वाई-फाई|पार्किंग"
)
ASKS_FOR_FACILITY = re.compile(
    r"\b(?:do|does) (?:you|u|ya|they|the|your)\b|\b(?:is|are) (?:there|it|your|the|pets?|dogs?)\b"
    r"|\bhave (?:you|u) got\b|\b(?:you|u|ya) (?:have|got)\b|\b(?:can|could) (?:i|we)\b|\bany\b"
    r"|\bhai\b"
    r"|\bmile?gi?a?\b|\bmilt[aei]\b|\bavailable\b|\bpassword\b|^(?:wi-? ?fi|parking)$|है|मिलेगा"
    r"|मिलेगी"
)
FACILITY_ELSEWHERE = re.compile(
    r"\b(?:router|neighbou?r\w*|my (?:phone|home|house|wifi|ac|car)|ghar|reset|fix|repair|service"
    r"|dawa\w*|dard|nahi chal"
    r"|hack|near (?:me|my)|movie|cinema|train|flight|bus|hotel|jurassic|national)\b"
)
PICKS_UP = re.compile(
    r"^(?!(?:can|could|may|is|do|shall)\b).*\b(?:i|i'?ll|i'?m|we|we'?ll|let me|will|main|mai|hum"
    r"|khud)\b.*\b(?:pick(?:ing)? (?:it "
    r"|them |that"
    r" |this |my order |the order |the food )?up|pick (?:it|them|my order)|collect(?:ing)? (?:it"
    r"|them|my"
    r" order|the order)|(?:come|coming|came) (?:and |to )?(?:get|take|collect|fetch|pick)\b.*"
    r"|lene (?:aa|a)\w*|le (?:jaunga|jaungi|lunga|jata)|utha (?:lunga|lenge))"
)

WAITED = re.compile(
    r"\b(?:i(?:'?ve| have)?|we(?:'?ve| have)?|been)\b.*\b(?:waited|waiting|wait)\b.*\b(?:hours?"
    r"|hrs?"
    r"|ages|forever|so long|too long|(?:[3-9]\d|1\d\d) ?min\w*)\b.*"
    r"\b(?:terrible|worst|nobody|no one|nothing|ridiculous|unacceptable)\b"
)
ANGRY = re.compile(
    r"\b(?:terrible|worst|pathetic|horrible|horrid|disgusting|awful|ridiculous|unacceptable|useless"
    r"|shame(?:ful|less)?|rubbish|garbage|trash|fed up|disappoint(?:ed|ing)|frustrat(?:ed|ing)"
    r"|lousy"
    r"|hopeless|third class|bakwas|bakwaas|ghatiya|bekaa?r|wahiyat|vahiyat|faltu|sharam|furious"
    r"|angry"
    r"|cheat(?:ed|ers|ing)|scam(?:mers)?|frauds?|never (?:ordering|order|coming|buying))\b"
    r"|बकवास|घटिया|बेकार|वाहियात|शर्म"
)
ANGRY_WITH = re.compile(
    r"\b(?:service|shop|store|restaurant|cafe|place|you|u|your|ur|guys|people|staff|this is|it is"
    r"|its"
    r"|it's|experience|food|wait(?:ed|ing)?|here|from you|again|aap|aapk[aei]|apki|tum\w*|log|logon"
    r"|very|so|am|i'?m)\b|सर्विस|दुकान|आप|आपकी|लोग"
)
ANGRY_ELSEWHERE = re.compile(
    r"\b(?:traffic|videos?|movie|film|weather|my boss|boss|match|cricket|song|joke|news|politic\w*"
    r"|government|exam|school|office|bot|band kar|wifi|phone|network|who|which|samosas?|coffees?"
    r"|teas?"
    r"|what|refund|charged|money|missing|instead|not angry|hair|cold)\b"
)
