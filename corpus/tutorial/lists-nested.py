rows = ["a", "b"]
marks = [5, 4]
book = [rows, marks]
print(book[1][0])
marks.append(3)
print(book)
