memory = {}
program = []
while (line := input()) != "end":
    program.append(line.split())
pc = 0
while pc < len(program):
    op, *args = program[pc]
    pc += 1
    if op == "set":
        memory[args[0]] = int(args[1])
    elif op == "add":
        memory[args[0]] += memory[args[1]]
    elif op == "dec":
        memory[args[0]] -= 1
    elif op == "jnz" and memory[args[0]]:
        pc = int(args[1])
print(memory)
