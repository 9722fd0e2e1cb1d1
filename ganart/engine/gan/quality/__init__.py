"""How good a model's pictures are, measured on the spot, without any downloaded network.

Pictures are uint8 tensors (N, 3, height, width), on any device. What is known of the real ones is
computed once and kept.
"""
