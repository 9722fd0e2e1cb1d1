"""The Explore page: wander through what a model learned, and make art with it."""
