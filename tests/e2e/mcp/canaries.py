"""Secrets that are planted in the settings of every server that the tests start, in each form in which
they could get out."""

from secret_forms import all_forms

TOKEN = "dckr_pat_canary/Q7+zVx93nLw0TzR2kM5p"
STATE_KEY = "canary state key: 8f1c+0e55/77=42"

ENVIRONMENT = {"DOCKER_HUB_USER": "canary-user", "DOCKER_HUB_TOKEN": TOKEN,
               "DOCKERHUB_STATE_KEY": STATE_KEY}

FORMS = sorted({form for secret in (TOKEN, STATE_KEY) for form in all_forms(secret)})
