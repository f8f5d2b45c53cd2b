#!/bin/sh
# Checks electronic invoices by the published rules: EN 16931 and XRechnung as XSLT on Saxon, the XML schemas, and PDF/A-3 by veraPDF.
# Usage: infra/tools/e-invoices/check.sh FILE.xml FILE.pdf ...
# Needs Java 17 and Maven, which fetches the validators of the Mustang project to $SOUK_E_INVOICE_CHECK (default: a folder in /tmp).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
lib=${SOUK_E_INVOICE_CHECK:-/tmp/souk-e-invoice-check}
[ -d "$lib" ] || mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$lib"
exec java -Dorg.slf4j.simpleLogger.defaultLogLevel=off -cp "$lib/*" "$here/Check.java" "$@" 2>/dev/null
