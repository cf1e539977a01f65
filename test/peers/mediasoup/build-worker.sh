#!/usr/bin/env bash
# Builds the mediasoup worker out of the sources its npm package carries, against the libraries of Debian 12.
#
#   build-worker.sh PACKAGE TARGET     PACKAGE: an unpacked mediasoup 3.19; TARGET: the file to write
#
# The package fetches a finished worker from GitHub when it is installed, and its build fetches libraries from elsewhere;
# this one fetches nothing. It costs six minutes of one core, and goes on where it was interrupted. Needs:
#   apt-get install -y --no-install-recommends g++ pkg-config meson ninja-build libuv1-dev libssl-dev libsrtp2-dev \
#     libusrsctp-dev libabsl-dev libflatbuffers-dev flatbuffers-compiler nlohmann-json3-dev
set -euo pipefail

package=$(realpath "$1")
target=$(realpath -m "$2")
here=$(dirname "$(realpath "$0")")
work=$target.build

# meson's `subproject()` wants a folder for each library. Each of ours says where the system has it; the static library
# that meson insists on for some of them is empty.
stand_in() { # NAME, then lines for its meson.build
  local wrap=$work/subprojects/$1.wrap folder
  [[ -f $wrap ]] || return 0
  folder=$work/subprojects/$(sed -n 's/^directory *= *//p' "$wrap")
  mkdir -p "$folder"
  printf 'int kaodian_stand_in_%s;\n' "${1//-/_}" >"$folder/empty.c"
  {
    echo "project('$1', ['c', 'cpp'], meson_version: '>= 1.0.1')"
    echo "empty = static_library('empty_$1', files('empty.c'))"
    printf '%s\n' "${@:2}"
  } >"$folder/meson.build"
  # The options the worker's build sets on it must exist; what they say is of no account.
  sed -n "/^ *'$1',/,/^)/p" "$work/meson.build" | grep -oE "'[a-z][a-z_-]*=[a-zA-Z]*'" | grep -vE "'(cpp_std|default_library|warning_level|werror)=" |
    sed -E "s/'([^=]*)=.*/option('\1', type: 'string', value: '')/" | sort -u >"$folder/meson_options.txt" || true
}

prepare() {
  rm -rf "$work"
  mkdir -p "$(dirname "$work")"
  cp -r "$package/worker" "$work"
  sed -i "s/meson_version: '>= 1.1.0'/meson_version: '>= 1.0.1'/" "$work/meson.build"
  # OpenSSL 3.0 also calls the BIO callback for BIO_ctrl, with BIO_CB_RETURN set among other bits; its return value has
  # to come back unchanged. Compared for equality it does not, and the worker falls at the first ClientHello.
  sed -i 's/(operationType == BIO_CB_RETURN) ? static_cast<long>(ret)/(operationType \& BIO_CB_RETURN) ? static_cast<long>(ret)/' \
    "$work/src/RTC/DtlsTransport.cpp"

  stand_in openssl "openssl_dep = dependency('openssl')" 'libcrypto_lib = empty' 'libssl_lib = empty'
  stand_in libuv "libuv_dep = dependency('libuv')" 'libuv = empty'
  # Debian has libsrtp 2; the header beside this file gives it the calling convention of 3.
  stand_in libsrtp3 \
    "libsrtp3_dep = declare_dependency(dependencies: dependency('libsrtp2'), compile_args: ['-I$here/system-libraries'])" \
    'libsrtp3 = empty'
  stand_in usrsctp "usrsctp_dep = dependency('usrsctp')" 'usrsctp = empty'
  stand_in abseil-cpp "absl_strings_dep = dependency('absl_strings')" "absl_types_dep = dependency('absl_optional')" \
    "absl_container_dep = dependency('absl_flat_hash_map')" 'absl_container_lib = empty'
  stand_in catch2 'catch2_dep = declare_dependency()' 'catch2_with_main_dep = declare_dependency()'
  stand_in flatbuffers "flatbuffers_dep = dependency('flatbuffers')" 'flatbuffers_lib = empty' \
    "meson.override_find_program('flatc', find_program('$(command -v flatc)'))"

  (cd "$work" && meson setup --wrap-mode=nodownload --buildtype release -Db_ndebug=true -Db_pie=true \
    -Dms_disable_liburing=true build)
}

# What is half built by this very recipe is gone on with; everything else begins anew.
recipe=$(cat "$0" "$here"/system-libraries/* "$package/package.json" | sha256sum)
if [[ ! -f $work/prepared || $(cat "$work/prepared") != "$recipe" ]]; then
  prepare
  echo "$recipe" >"$work/prepared"
fi
cd "$work"
ninja -C build fbs/FBS
ninja -C build mediasoup-worker
install -Dm755 build/mediasoup-worker "$target.new"
mv "$target.new" "$target"
rm -rf "$work"
