code = input()
tape = [0] * 4
pointer = pc = 0
jump, stack = {}, []
for i, c in enumerate(code):
    if c == "[":
        stack.append(i)
    elif c == "]":
        j = stack.pop()
        jump[i], jump[j] = j, i
while pc < len(code):
    c = code[pc]
    if c == "+":
        tape[pointer] += 1
    elif c == "-":
        tape[pointer] -= 1
    elif c in "<>":
        pointer += 1 if c == ">" else -1
    elif c == "[" and not tape[pointer] or c == "]" and tape[pointer]:
        pc = jump[pc]
    pc += 1
print(tape)
