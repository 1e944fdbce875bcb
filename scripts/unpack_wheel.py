"""Unpacks a wheel into a folder, keeping the executable bits that pip would set.

usage: unpack_wheel.py WHEEL FOLDER

The folder appears complete or not at all: an interrupted unpacking leaves only a folder with
another name, which the next run replaces.
"""

import os
import shutil
import sys
import zipfile


def unpack(wheel: str, folder: str) -> None:
    partial = folder + ".partial"
    shutil.rmtree(partial, ignore_errors=True)
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            path = archive.extract(entry, partial)
            mode = (entry.external_attr >> 16) & 0o777
            # Programs in a wheel's `scripts` folder come without the bit.
            if ".data/scripts/" in entry.filename:
                mode |= 0o755
            if mode and not entry.is_dir():
                os.chmod(path, mode)
    shutil.rmtree(folder, ignore_errors=True)
    os.rename(partial, folder)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: unpack_wheel.py WHEEL FOLDER")
    unpack(sys.argv[1], sys.argv[2])
