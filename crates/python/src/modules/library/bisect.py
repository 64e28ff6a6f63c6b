"""Places in sorted sequences."""

from _bisect import insort_right, bisect_right, insort_left, bisect_left

bisect = bisect_right
insort = insort_right
