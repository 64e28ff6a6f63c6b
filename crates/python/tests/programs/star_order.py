# The order in which `import *` brings names.
def names(module):
    space = {}
    exec(f"from {module} import *", space)
    return [name for name in space if name != "__builtins__"]


for module in ("bisect", "heapq", "csv", "operator", "math", "itertools", "string", "functools", "typing", "collections.abc"):
    print(module, names(module))
