"""Finding products by words, by what they are like and by price. May import shop.products."""
