#!/bin/sh
# fill.sh VALUES TEMPLATE > FILE: put the values (lines NAME=value) in the place of @NAME@ in the template.
# Ends with 1, says so and writes nothing if a place would stay without a value.
set -eu
values=$1 template=$2
script=$(sed -n '/^[A-Z_]\{1,\}=./{s/[\\|&]/\\&/g;s/^\([A-Z_]*\)=\(.*\)$/s|@\1@|\2|g/;p;}' "$values")
filled=$(sed -e "$script" "$template")
left=$(printf '%s\n' "$filled" | sed -n 's/.*\(@[A-Z_]\{1,\}@\).*/\1/p' | sort -u)
if [ -n "$left" ]; then
    echo "$values gives no value for:" $left >&2
    exit 1
fi
printf '%s\n' "$filled"
