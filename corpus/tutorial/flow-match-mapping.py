for event in {"type": "key", "code": 13}, {"type": "click", "x": 1, "y": 2}, {}:
    match event:
        case {"type": "key", "code": code}:
            print("key", code)
        case {"type": "click", **rest}:
            print("click", rest)
        case _:
            print("nothing")
