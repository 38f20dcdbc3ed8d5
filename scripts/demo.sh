#!/bin/sh
# Three invented firms, each as a board report in English and Chinese. Usage: scripts/demo.sh FOLDER
set -eu
out=${1:-build/demo}
bin=${BIN:-.venv/bin}
cases="questionnaires/${EDITION:-servitization/2026-1}/examples"
mkdir -p "$out"
for firm in contract_garment own_brand_machine_maker large_internaliser; do
    for language in en zh; do
        "$bin/python" -m assessment report "$cases/$firm.toml" --lang "$language" -o "$out/$firm-$language.pdf"
    done
done
ls -l "$out"
