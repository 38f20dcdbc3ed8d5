#!/bin/sh
# What the tests need beside Python: a Chromium to drive, poppler's pdftotext as a second reader of the
# reports, a font with Chinese letters for the browser, PostgreSQL, nginx and openssl, of which the tests start
# servers of their own. The app itself needs none of them.
# Installs what is missing with apt-get, as root or with sudo that asks no password; says what to install
# where it may not. Quick and silent when everything is there.
set -u
python=${1:-.venv/bin/python}

has_chromium() {
    command -v chromium >/dev/null 2>&1 || [ -x "$(playwrights_own)" ]
}
playwrights_own() {
    "$python" -c 'from playwright.sync_api import sync_playwright as start
with start() as p: print(p.chromium.executable_path)' 2>/dev/null
}
has_pdftotext() { command -v pdftotext >/dev/null 2>&1; }
has_postgresql() {
    command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}
has_nginx() { command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ]; }
has_openssl() { command -v openssl >/dev/null 2>&1; }
has_chinese() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh-cn family 2>/dev/null)" ]; }

missing() {
    has_chromium || echo chromium
    has_pdftotext || echo poppler-utils
    command -v fc-list >/dev/null 2>&1 || echo fontconfig
    has_chinese || echo fonts-noto-cjk
    has_postgresql || echo postgresql
    has_nginx || echo nginx
    has_openssl || echo openssl
}
# Debian would make and start a server for the whole system when PostgreSQL is installed: not asked for.
no_system_server() {
    settings=/etc/postgresql-common/createcluster.conf
    [ -e "$settings" ] && return 0
    $as_root mkdir -p "${settings%/*}"
    echo "create_main_cluster = false" | $as_root tee "$settings" >/dev/null
}
# It would start nginx at once, too, on port 80. Its own way of saying no is a program that answers 101.
no_system_start() {
    [ -e /usr/sbin/policy-rc.d ] && return 0
    trap '$as_root rm -f /usr/sbin/policy-rc.d' EXIT
    trap 'exit 1' INT TERM
    printf '#!/bin/sh\nexit 101\n' | $as_root tee /usr/sbin/policy-rc.d >/dev/null
    $as_root chmod 755 /usr/sbin/policy-rc.d
}

privilege() {
    if [ "$(id -u)" -eq 0 ]; then
        echo env
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        echo "sudo -n env"
    else
        return 1
    fi
}

wanted=$(missing | tr '\n' ' ')
[ -z "$wanted" ] && exit 0

if command -v apt-get >/dev/null 2>&1 && as_root=$(privilege); then
    echo "The tests need from the system: $wanted"
    $as_root DEBIAN_FRONTEND=noninteractive apt-get update -q </dev/null
    case " $wanted" in *" postgresql "*) no_system_server ;; esac
    case " $wanted" in *" nginx "*) no_system_start ;; esac
    for package in $wanted; do # one by one: what is not to be had must not stop the others
        $as_root DEBIAN_FRONTEND=noninteractive \
            apt-get install -q -y --no-install-recommends "$package" </dev/null
    done
    if ! has_chromium; then # a distribution that has Chromium only as a snap
        "$python" -m playwright install --with-deps chromium </dev/null
    fi
fi

wanted=$(missing | tr '\n' ' ')
[ -z "$wanted" ] && exit 0
{
    echo "The tests need these, and they could not be installed from here:"
    has_chromium || echo "  chromium        to drive the app as a user would, or: $python -m playwright install chromium"
    has_pdftotext || echo "  poppler-utils   pdftotext, to read the reports with a second program"
    has_chinese || echo "  fonts-noto-cjk  Chinese letters in the browser (any font that fc-list :lang=zh-cn lists)"
    has_postgresql || echo "  postgresql      initdb and postgres, to try the store on a server"
    has_nginx || echo "  nginx           to try the set-up of docs/how-to/host.md"
    has_openssl || echo "  openssl         to make that set-up a certificate"
    echo "Debian, Ubuntu: sudo apt-get install $wanted"
    echo "macOS: $python -m playwright install chromium; brew install poppler fontconfig postgresql nginx openssl"
} >&2
exit 1
