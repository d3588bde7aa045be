"""Tests of the citizens' site."""
