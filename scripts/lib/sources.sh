# shellcheck shell=bash
# Which files are sources, and which of them changed. Sourced after common.sh.
: "${root:?source common.sh first}"

# C and C++ files that git tracks or would track, that exist.
source_files() {
  git -C "$root" ls-files -co --exclude-standard --deduplicate -- '*.c' '*.cpp' '*.h' '*.hpp' |
    while IFS= read -r file; do
      if [ -f "$root/$file" ]; then printf '%s\n' "$file"; fi
    done
}

# The commit to compare with: where this branch left origin/main, or the parent of a commit on it.
# Prints nothing where there is neither.
base_commit() {
  local base
  base=$(git -C "$root" merge-base HEAD origin/main 2>/dev/null || true)
  if [ -z "$base" ] || [ "$base" = "$(git -C "$root" rev-parse HEAD 2>/dev/null)" ]; then
    base=$(git -C "$root" rev-parse --verify -q HEAD~1 || true)
  fi
  printf '%s' "$base"
}

# .cpp and .c files to analyse: the changed ones, and for a changed header one that includes it (the
# analysis of a source file covers its headers). All of them where the base is unknown.
changed_translation_units() {
  local base
  base=$(base_commit)
  if [ -z "$base" ]; then
    source_files | grep -E '\.(c|cpp)$' || true
    return 0
  fi
  {
    git -C "$root" diff --name-only --diff-filter=d "$base"
    git -C "$root" ls-files -o --exclude-standard
  } | sort -u | while IFS= read -r file; do
    case $file in
      *.c | *.cpp) printf '%s\n' "$file" ;;
      *.h | *.hpp) first_user_of "$file" ;;
    esac
  done | sort -u
}

# first_user_of HEADER - a source file that includes it, preferring the one of the same name.
first_user_of() {
  local same=${1%.*}.cpp
  if [ -f "$root/$same" ]; then
    printf '%s\n' "$same"
    return 0
  fi
  source_files | grep -E '\.(c|cpp)$' |
    (cd "$root" && xargs -r grep -lF -- "${1##*/}") | head -n 1 || true
}
