"""Tests that walk through several rooms: journeys, whole-house checks, attacks."""
