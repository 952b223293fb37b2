"""Forecasts held against past wars: named baselines, the war model, their pool, and what each scored."""
