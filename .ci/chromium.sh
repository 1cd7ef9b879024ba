#!/usr/bin/env bash
# Chromium for the tests of the page, where there is none: from the distribution's packages, never a download of its own.
set -u
for program in chromium chromium-browser google-chrome google-chrome-stable; do
  command -v "$program" >/dev/null && exit 0
done
[ -n "${CHROMIUM:-}" ] && exit 0
if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
  echo "The tests of the page need Chromium: install it, or name its program in CHROMIUM." >&2
  exit 0 # those tests say that they could not run
fi
echo "Installing Chromium for the tests of the page (apt-get)" >&2
{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >/dev/null
