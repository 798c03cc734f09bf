# SPDX-License-Identifier: Apache-2.0
# Another reader of CSV finds every name and target, byte by byte.
odd_names
j manifest --format csv >../m.csv
python3 - <<'END'
import csv, os
rows = list(csv.DictReader(open("../m.csv", encoding="latin-1", newline="")))
found = sorted(r["path"].encode("latin-1") for r in rows)
there = sorted(os.path.join(d, n)[2:] for d, ds, ns in os.walk(b".") for n in ds + ns)
print(found == there, len(found), all(None not in r and None not in r.values() for r in rows))
print([r["target"] for r in rows if r["type"] == "symlink"])
END
head -n 2 ../m.csv | cut -d, -f1-4
