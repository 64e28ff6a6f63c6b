class ParseFailure(Exception):
    def __init__(self, text, reason):
        super().__init__(reason)
        self.text = text

try:
    raise ParseFailure("2 +", "incomplete")
except ParseFailure as error:
    print(error.text, error)
