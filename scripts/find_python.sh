#!/bin/sh
# Prints the first Python on the path that is new enough (3.11) and can make a virtual environment.
# Says on stderr what is missing otherwise. `PYTHON=/path/to/python make run` chooses one by hand.
set -u

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
too_old=""
no_venv=""
for name in ${PYTHON:-python3.11 python3 python3.12 python3.13 python}; do
    path=$(command -v "$name" 2>/dev/null) || continue
    if ! "$path" -c "$new_enough" 2>/dev/null; then
        too_old="$too_old $path ($("$path" -c 'import platform; print(platform.python_version())' 2>&1 | tail -n 1))"
    elif ! "$path" -c 'import venv, ensurepip' 2>/dev/null; then
        no_venv="$no_venv $path"
    else
        echo "$path"
        exit 0
    fi
done

{
    echo "No usable Python 3.11 or newer was found."
    [ -n "$too_old" ] && echo "  Too old or broken:$too_old"
    [ -n "$no_venv" ] && echo "  Without venv or ensurepip:$no_venv (Debian, Ubuntu: apt-get install python3-venv)"
    echo "  Install Python 3.11, or name one: PYTHON=/path/to/python3.11 make run"
} >&2
exit 1
