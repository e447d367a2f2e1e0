#!/bin/sh
# A teacher, its answers to a whole mix, and students that learn from them: about ten minutes on one
# fast GPU, with no step waiting for a hand. Usage, in the checkout:
#
#   sh training/distil.sh WORK TEACHER_MINUTES STUDENT_MINUTES STUDENT...
#
# WORK holds mix/ (training.mix, training.unlabelled, joined by training.join_mixes), mpnet/ (the base
# of the teacher, grown by `training.grow --types`) and a folder for each STUDENT to begin from.
# It gets teacher/, run-STUDENT/ and out/STUDENT/ (fp16 pieces small enough to travel).
set -eu
work=$1 teacher_minutes=$2 student_minutes=$3
shift 3
export HF_HUB_OFFLINE=1 PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True
python=${PYTHON:-python3}
sizes=${SIZES:---batch 256 --micro 128 --pack-tokens 65536 --chunk 131072 --minutes 60}

"$python" -m training.token_types "$work/mix" --workers "$(nproc)"
# shellcheck disable=SC2086 # several options
"$python" -m training.train --mix "$work/mix" --start "$work/mpnet" --checkpoint "$work/teacher" \
    --rate 5e-5 --warmup-steps 250 --dropout 0.1 --decay-minutes "$teacher_minutes" $sizes
"$python" -m training.soft_labels "$work/teacher" --mix "$work/mix"

running=
for student in "$@"; do
    # shellcheck disable=SC2086
    "$python" -m training.train --mix "$work/mix" --start "$work/$student" \
        --checkpoint "$work/run-$student" --rate 2.5e-4 --dropout 0.05 --soft-share 0.7 \
        --decay-minutes "$student_minutes" $sizes &
    running="$running $!"
done
for one in $running; do
    wait "$one"
done
for student in "$@"; do
    "$python" -m training.pieces pack "$work/run-$student" --out "$work/out/$student" \
        --exact --without word_embeddings --megabytes 15.5
done
