from collections import UserList
from typing import Annotated, Callable, Dict, List, Literal, Optional, Tuple, Union

for form in (List[int], Union[int, str], Optional[int], Literal[1], Callable[[int], str], Annotated[int, 1], Tuple[int], List, Dict, Tuple, Callable):
    print(form, type(form))


class Marked(UserList):
    def __getitem__(self, index):
        return f"<{super().__getitem__(index)}>"


marked = Marked([1, 2, 3])
print(marked, list(marked), list(reversed(marked)), "".join(marked), 2 in marked)
