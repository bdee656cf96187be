# Shared by the scripts; sourced from the root of the clone.

# The Node that the lock file pins, whatever the machine has.
NODE=$(pwd)/node_modules/.bin/node

# Installs when the lock file is not what was installed last.
ensure_modules() {
  stamp=node_modules/.installed
  if [ ! -f "$stamp" ] || ! cmp -s package-lock.json "$stamp"; then
    command -v npm >/dev/null 2>&1 || { echo "Post Master needs Node.js with npm: https://nodejs.org" >&2; exit 1; }
    echo "Installing what package-lock.json pins…"
    npm ci --no-audit --no-fund --loglevel=error
    cp package-lock.json "$stamp"
  fi
}

# Builds when a source is newer than the last build.
ensure_build() {
  if [ ! -f dist/.built ] || [ -n "$(find src public migrations scripts/build.ts package-lock.json -newer dist/.built -print | head -n 1)" ]; then
    echo "Building…"
    rm -f dist/.built
    "$NODE" scripts/build.ts
    touch dist/.built
  fi
}
