"""Two languages: what a customer writes is what they are answered in, until they ask otherwise."""

import pytest

from tests.journeys.play import Customer

MENU = ["ऑर्डर ट्रैक करें", "ऑर्डर करें", "मदद लें"]
SUMMARY = ["✅ ऑर्डर पक्का करें", "❌ रद्द करें", "🔄 बदलें"]
AGAIN = ["फिर से ट्रैक करें", "मुख्य मेनू"]


def speaks(customer: Customer) -> str | None:
    query = "SELECT language FROM user_profiles WHERE whatsapp_phone = %s"
    return customer.stack.rows(query, customer.phone)[0]["language"]


def greets(customer: Customer) -> None:
    customer.types("नमस्ते")
    customer.sees("आपका स्वागत है!", options=MENU)
    assert speaks(customer) == "hi"


def test_a_hindi_customer_orders_tracks_and_cancels(asha: Customer) -> None:
    greets(asha)
    asha.taps("ऑर्डर करें")
    asha.sees("🛍️ आप क्या ऑर्डर करना चाहेंगे?")
    assert asha.last["button"] == "लिस्ट देखें"
    asha.taps("Coffee")
    asha.sees("बढ़िया पसंद! ☕ Coffee - ₹120", "आपको कितने चाहिए?")
    asha.types("दो")
    asha.sees("📋 आपका ऑर्डर:\nCoffee × 2 = ₹240\n\nक्या यह सही है?", options=SUMMARY)
    asha.taps("✅ ऑर्डर पक्का करें")
    asha.sees("✅ ऑर्डर पक्का हो गया!", "Coffee × 2 = ₹240", "15 मिनट", '"मेनू" लिखें')
    asha.is_nowhere()
    number = asha.orders()[0]["order_id"]

    # The next session, of taps and numbers alone, is Hindi too.
    asha.types("menu")
    asha.sees("आपका स्वागत है!", options=MENU)
    asha.taps("ऑर्डर ट्रैक करें")
    asha.sees("📦 कृपया अपना ऑर्डर नंबर भेजें", options=[number, "मुख्य मेनू"])
    asha.taps(number)
    asha.sees(f"📦 ऑर्डर {number}: मिल गया", "कुल: ₹240", options=AGAIN)
    asha.types(f"ट्रैक {number}")
    asha.sees(f"📦 ऑर्डर {number}", options=AGAIN)

    asha.types("ऑर्डर रद्द करो")
    asha.sees(f"आपका ऑर्डर {number} रद्द कर दें?", options=["हाँ, रद्द करें", "नहीं, रद्द न करें"])
    asha.taps("हाँ, रद्द करें")
    asha.sees(f"❌ आपका ऑर्डर {number} रद्द कर दिया है।")
    assert asha.orders()[0]["status"] == "cancelled"


def test_a_cart_in_a_hindi_sentence(asha: Customer) -> None:
    asha.types("दो कॉफी और तीन समोसे")
    asha.sees("Coffee × 2 = ₹240\nSamosa × 3 = ₹120\nकुल: ₹360", options=SUMMARY)
    asha.taps("❌ रद्द करें")
    asha.sees("❌ रद्द कर दिया", options=["ऑर्डर करें", "मुख्य मेनू"])
    assert asha.orders() == []


def test_support_in_hindi(asha: Customer) -> None:
    greets(asha)
    asha.taps("मदद लें")
    asha.sees(
        "🆘 हम आपकी क्या मदद करें?", options=["डिलीवरी की दिक्कत", "पेमेंट की दिक्कत", "कोई और दिक्कत"]
    )
    asha.taps("डिलीवरी की दिक्कत")
    asha.sees("क्या हुआ, एक मैसेज में बताएँ")
    asha.types("समोसे ठंडे थे")
    asha.sees("🙏 इसके लिए माफ़ कीजिए", "TKT-")
    asha.types("व्यक्ति")
    asha.sees("हमारी टीम से कोई", "TKT-")


def test_english_is_spoken_when_it_is_asked_for(asha: Customer) -> None:
    greets(asha)
    asha.types("2 कॉफी")
    asha.sees("Coffee × 2 = ₹240", options=SUMMARY)
    asha.types("english please")
    asha.sees("English from now on", "Order Summary:\nCoffee × 2 = ₹240")
    asha.is_at("new_order", "confirmation")
    assert speaks(asha) == "en"
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!")
    asha.types("menu")
    asha.sees("Welcome!", options=["Track Order", "Place Order", "Get Support"])


def test_hindi_is_spoken_when_it_is_asked_for_or_tapped(asha: Customer) -> None:
    asha.types("coffee")
    asha.sees("Great choice!")
    asha.types("hindi mein baat karo")
    asha.sees("अब से हम हिंदी में बात करेंगे", "आपको कितने चाहिए?")
    asha.types("2")
    asha.sees("Coffee × 2 = ₹240", options=SUMMARY)
    asha.types("भाषा बदलो")
    asha.sees("Which language", options=["हिंदी", "English"])
    asha.taps("English")
    asha.sees("English from now on")
    assert speaks(asha) == "en"
    asha.types("हिंदी")
    asha.sees("अब से हम हिंदी में बात करेंगे")


def test_asking_for_english_in_hindi_letters(asha: Customer) -> None:
    greets(asha)
    asha.types("अंग्रेज़ी में बात करो")
    asha.sees("English from now on")
    assert speaks(asha) == "en"


def test_hindi_in_latin_letters_changes_nothing(asha: Customer, ravi: Customer) -> None:
    asha.types("do coffee chahiye")
    asha.sees("Order Summary:\nCoffee × 2 = ₹240")
    assert speaks(asha) is None
    greets(ravi)
    ravi.types("do coffee chahiye")
    ravi.sees("Coffee × 2 = ₹240", options=SUMMARY)


def test_a_clear_english_sentence_is_answered_in_english(asha: Customer) -> None:
    greets(asha)
    asha.types("I want to know what you have, can you show me the menu?")
    asha.sees("What would you like to order?")
    assert speaks(asha) == "en"


def test_two_words_of_english_are_enough(asha: Customer, ravi: Customer) -> None:
    greets(asha)
    asha.types("how much is coffee")
    asha.sees("Our prices today", "Coffee - ₹120")
    greets(ravi)
    ravi.types("2 कॉफी")
    ravi.sees("Coffee × 2 = ₹240", options=SUMMARY)
    ravi.types("yes please")
    ravi.sees("✅ Order Confirmed!")
    ravi.types("thank you")
    ravi.sees("You're welcome")


def test_borrowed_words_change_nothing(asha: Customer) -> None:
    greets(asha)
    asha.types("thank you")
    asha.next_bubble()
    assert speaks(asha) == "hi"


@pytest.mark.parametrize(("stop", "start"), [("बंद करो", "शुरू"), ("बंद करो!", "शुरू करें।")])
def test_stop_and_start_in_hindi(asha: Customer, stop: str, start: str) -> None:
    asha.types(stop)
    asha.sees("🔕 हो गया", '"शुरू" लिखें')
    [profile] = asha.stack.rows("SELECT * FROM user_profiles WHERE whatsapp_phone = %s", asha.phone)
    assert profile["subscription"] == "unsubscribed"
    asha.types(start)
    asha.sees("आपका फिर से स्वागत है!", options=MENU)
    asha.is_at("main_menu", "menu_shown")


@pytest.mark.parametrize("keyword", ["मेनू", " मेन्यू। ", "हैलो!"])
def test_hindi_keywords_of_the_menu(asha: Customer, keyword: str) -> None:
    asha.types(keyword)
    asha.sees("आपका स्वागत है!", options=MENU)
    asha.is_at("main_menu", "menu_shown")


def test_the_catalogue_has_a_hindi_keyword(asha: Customer) -> None:
    asha.types("ऑर्डर")
    asha.sees("🛍️ आप क्या ऑर्डर करना चाहेंगे?")
    asha.is_at("new_order", "category_selection")


def test_what_can_be_tapped_can_be_typed(asha: Customer) -> None:
    asha.types("ऑर्डर करें")
    asha.sees("🛍️ आप क्या ऑर्डर करना चाहेंगे?")
    asha.types("3 चाय")
    asha.sees("Tea × 3 = ₹240", options=SUMMARY)
    asha.types("बदलें")
    asha.sees("🔄 क्या बदलना है?", "Tea")
    asha.types("रद्द करें")
    asha.sees("❌ रद्द कर दिया")


def test_what_is_not_understood_is_said_in_hindi(asha: Customer) -> None:
    asha.types("क्षत्रज्ञ ढठणङ")
    asha.sees("माफ़ कीजिए", options=["ऑर्डर करें", "ऑर्डर ट्रैक करें", "मदद लें"])
