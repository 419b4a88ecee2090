"""Checks hand-written derivations of logistic and softmax models step by step."""
