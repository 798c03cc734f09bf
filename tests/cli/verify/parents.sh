# SPDX-License-Identifier: Apache-2.0
# Directories that only what is in them tells of are no difference.
built_in archive
files a/b/c a/x d/e
dockerfile 'FROM scratch' 'COPY a/b/c d /'
jettison manifest >../m
jettison pack -o ../p.tar
tar -tf ../p.tar
for archive in ../p.tar -; do
	jettison verify ../m $archive <../p.tar && echo "$archive holds"
done
echo "--- what is in them is told of"
tar -cf ../q.tar a d Dockerfile
code jettison verify ../m ../q.tar
tar -cf ../r.tar a/x Dockerfile
code jettison diff ../r.tar ../p.tar
