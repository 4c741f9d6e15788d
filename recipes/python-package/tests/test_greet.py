import sys
import unittest

sys.path.insert(0, "src")
from greetings import greet


class Greets(unittest.TestCase):
    def test_it_greets(self):
        self.assertEqual(greet("Ann"), "Hello, Ann!")
