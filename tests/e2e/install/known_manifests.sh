#!/usr/bin/env bash
# Has the installed program check the manifests of its modules, as the first one in a home does, and keeps what it
# remembers of that: FOLDER/dockerhub/manifest-outlines, and the key of its seal. Usage: known_manifests.sh FOLDER
set -euo pipefail
folder=$1
# The rules are code, too, so that what a former build found means nothing. Other tests may be writing there: it is
# moved away as a whole.
rm -rf "$folder.former"
if [ -d "$folder" ]; then mv "$folder" "$folder.former"; fi
rm -rf "$folder.former"
mkdir -p "$folder"
HOME=$folder XDG_CONFIG_HOME=$folder XDG_CACHE_HOME=$folder XDG_STATE_HOME=$folder "$DOCKERHUB_PREFIX/bin/dockerhub" plugin list
