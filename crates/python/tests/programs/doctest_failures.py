"""Module doc.

>>> f(3)
10
>>> 1
1
"""
def f(x):
    """
    >>> f(1)
    2
    >>> f(2) # doctest: +ELLIPSIS
    ...
    >>> print('a  b') # doctest: +NORMALIZE_WHITESPACE
    a b
    >>> f(9) # doctest: +SKIP
    33
    >>> print()
    <BLANKLINE>
    >>> print('x\\ny')
    x
    y
    >>> {1: 2}
    {1: 3}
    >>> None
    >>> f(5)
    """
    return x * 2
def g():
    "no examples"
class C:
    """
    >>> 3
    4
    """
    @property
    def p(self):
        """
        >>> 1
        2
        """
import doctest
res = doctest.testmod()
print(res.failed, res.attempted)
doctest.testmod(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE, verbose=True)
