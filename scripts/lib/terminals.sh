# shellcheck shell=bash
# Pseudo-terminals, which tests of prompts need and a bare root file system may lack. Sourced after
# common.sh.

has_terminals() {
  python3 -c 'import os; os.openpty()' 2>/dev/null
}

# ensure_terminals - mounts devpts where there is none, which only root can; says so.
ensure_terminals() {
  if has_terminals || [ "$(id -u)" -ne 0 ] || ! [ -d /dev/pts ]; then return 0; fi
  say "no pseudo-terminals here: mounting devpts on /dev/pts"
  mount -t devpts -o mode=620,ptmxmode=666 devpts /dev/pts || true
  has_terminals || say "still none: tests that need a terminal will fail"
}
