def add(a, b):
    """Adds.

    >>> add(1, 2)
    3
    >>> add('a', 'b')
    'ab'
    >>> x = add(2, 2)
    >>> x
    4
    >>> for i in range(2):
    ...     print(add(i, i))
    0
    2
    """
    r = a + b
    return r

class Foo:
    """
    >>> Foo(3).bar()
    6
    >>> Foo('x')
    Foo('x')
    """
    def __init__(self, v):
        self.v = v
    def __repr__(self):
        return f'Foo({self.v!r})'
    def bar(self):
        """
        >>> Foo(1).bar()
        2
        >>> Foo(None).bar()
        Traceback (most recent call last):
            ...
        TypeError: unsupported operand type(s) for *: 'NoneType' and 'int'
        """
        return self.v * 2
    @staticmethod
    def st():
        """
        >>> Foo.st()
        1
        """
        return 1
    @property
    def p(self):
        """
        >>> Foo(1).p
        5
        """
        return 5

import doctest
print(doctest.testmod())
doctest.testmod(verbose=True)
doctest.run_docstring_examples(add, globals(), name="add")
