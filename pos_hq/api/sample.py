"""The identities and the moment of which the examples speak."""

NODE = "01890f5e7c3a7b1e8a54d0c1f2a3b4c5"
MEMBER = "01890f6277007c04b2d1a6b5c4d3e2f1"
EVENT = "01890f62c0de7a9fbe0102030405a6b7"
LOT = "01890f61d2f07b3ca9e8d7c6b5a49382"
TIME = 1_781_496_000_000
