from dataclasses import dataclass

@dataclass
class Item:
    name: str
    price: int
    count: int = 1

    def total(self):
        return self.price * self.count

items = []
for line in range(int(input())):
    name, price, *count = input().split()
    items.append(Item(name, int(price), *map(int, count)))
print(max(items, key=Item.total))
print(sum(i.total() for i in items))
