def enroll(name, course=None):
    if course is None:
        course = []
    course.append(name)
    return course

print(enroll("ana"))
print(enroll("raj"))
