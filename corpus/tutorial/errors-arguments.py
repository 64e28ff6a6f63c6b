try:
    raise Exception("low", 7)
except Exception as problem:
    print(type(problem))
    print(problem.args, problem)
    word, number = problem.args
    print(word, number)
