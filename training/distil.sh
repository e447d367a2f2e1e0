#!/bin/sh
# A teacher, and students that learn from it while it reads along: about ten minutes on one fast GPU,
# with no step waiting for a hand. Usage, in the checkout:
#
#   sh training/distil.sh WORK TEACHER_MINUTES STUDENT_MINUTES STUDENT...
#
# WORK holds mix/ (training.mix, training.unlabelled, joined by training.join_mixes), mpnet/ (the base
# of the teacher, grown by `training.grow --types`) and a folder for each STUDENT to begin from; one
# without a folder is cut out of the teacher, with words.npz (training.word_table) in WORK.
# It gets teacher/, run-STUDENT/ and out/STUDENT/ (fp16 pieces small enough to travel).
# RATES holds one rate, or one for each student: a wide one wants less.
set -eu
work=$1 teacher_minutes=$2 student_minutes=$3
shift 3
export HF_HUB_OFFLINE=1 PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True
python=${PYTHON:-python3}
sizes=${SIZES:---batch 512 --micro 128 --pack-tokens 131072 --chunk 262144 --minutes 60}
student_sizes=${STUDENT_SIZES:---batch 768 --micro 128 --pack-tokens 131072 --chunk 262144 --minutes 2.5}

[ -f "$work/mix/types.u8" ] || "$python" -m training.token_types "$work/mix" --workers "$(nproc)"
# shellcheck disable=SC2086 # several options
"$python" -m training.train --mix "$work/mix" --start "$work/mpnet" --checkpoint "$work/teacher" \
    --rate 6e-5 --warmup-steps 250 --dropout 0.1 --decay-minutes "$teacher_minutes" $sizes

starts='' runs=''
for student in "$@"; do
    [ -d "$work/$student" ] || "$python" -m training.narrow "$work/teacher" --mix "$work/mix" \
        --words "$work/words.npz" --out "$work/$student"
    starts="$starts $work/$student" runs="$runs $work/run-$student"
done
# shellcheck disable=SC2086
"$python" -m training.imitate "$work/teacher" --mix "$work/mix" --start $starts --out $runs \
    --rate ${RATES:-4e-4} --warmup-steps 200 --dropout 0.05 --soft-share 0.7 --likeness 1 \
    --decay-minutes "$student_minutes" $student_sizes
for student in "$@"; do
    "$python" -m training.pieces pack "$work/run-$student" --out "$work/out/$student" \
        --exact --without word_ --megabytes 15.5
done
