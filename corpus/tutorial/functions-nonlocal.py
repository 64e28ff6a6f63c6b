def game():
    lives = 3
    def look():
        lives = "unknown"
        return lives
    def lose():
        nonlocal lives
        lives -= 1
    look()
    print(lives)
    lose()
    print(lives)

game()
