"""The chapters of the lesson, and what can be tried in each: data. Imports no torch.

They follow the arc of the GAN lesson of "AI for Beginners" (lesson 10) in words of our own. Texts
are marked for translation in context "lesson".
"""

from ganart.engine.gan.lesson.chapters.balance import BALANCE
from ganart.engine.gan.lesson.chapters.convolutions import CONVOLUTIONS
from ganart.engine.gan.lesson.chapters.growing import GROWING
from ganart.engine.gan.lesson.chapters.own import OWN
from ganart.engine.gan.lesson.chapters.simple import SIMPLE
from ganart.engine.gan.lesson.chapters.styles import STYLES

CHAPTERS = (SIMPLE, CONVOLUTIONS, BALANCE, GROWING, STYLES, OWN)
