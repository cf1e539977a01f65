// libsrtp 3 as the worker calls it, on top of the libsrtp 2 that Debian has: protecting takes a source and a target, lengths
// are size_t, and a stream is removed by its number in host order.
#pragma once
#include <srtp2/srtp.h>

#ifdef __cplusplus
#include <arpa/inet.h>
#include <cstddef>
#include <cstdint>
#include <cstring>

// Errors that libsrtp 2 does not know; they only need values of their own.
static const srtp_err_status_t srtp_err_status_buffer_small = static_cast<srtp_err_status_t>(srtp_err_status_pkt_idx_adv + 1);
static const srtp_err_status_t srtp_err_status_cryptex_err = static_cast<srtp_err_status_t>(srtp_err_status_pkt_idx_adv + 2);

inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
  return srtp_remove_stream(session, htonl(ssrc));
}

namespace kaodian
{
  using InPlace = srtp_err_status_t (*)(srtp_t, void*, int*);

  // Where source and target differ, the packet is moved first: libsrtp 2 works in place. `trailer`: by how much it may grow.
  inline srtp_err_status_t apply(
    InPlace work, size_t trailer, srtp_t session, const uint8_t* source, size_t sourceLength, uint8_t* target, size_t* targetLength)
  {
    if (*targetLength < sourceLength + trailer)
    {
      return srtp_err_status_buffer_small;
    }
    if (source != target)
    {
      std::memmove(target, source, sourceLength);
    }
    int length        = static_cast<int>(sourceLength);
    const auto status = work(session, target, &length);
    if (status == srtp_err_status_ok)
    {
      *targetLength = static_cast<size_t>(length);
    }
    return status;
  }
} // namespace kaodian

inline srtp_err_status_t srtp_protect(
  srtp_t session, const uint8_t* source, size_t sourceLength, uint8_t* target, size_t* targetLength, size_t /*mki*/)
{
  return kaodian::apply(
    static_cast<kaodian::InPlace>(::srtp_protect), SRTP_MAX_TRAILER_LEN, session, source, sourceLength, target, targetLength);
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session, const uint8_t* source, size_t sourceLength, uint8_t* target, size_t* targetLength, size_t /*mki*/)
{
  return kaodian::apply(
    static_cast<kaodian::InPlace>(::srtp_protect_rtcp), SRTP_MAX_TRAILER_LEN, session, source, sourceLength, target, targetLength);
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const uint8_t* source, size_t sourceLength, uint8_t* target, size_t* targetLength)
{
  return kaodian::apply(static_cast<kaodian::InPlace>(::srtp_unprotect), 0, session, source, sourceLength, target, targetLength);
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session, const uint8_t* source, size_t sourceLength, uint8_t* target, size_t* targetLength)
{
  return kaodian::apply(
    static_cast<kaodian::InPlace>(::srtp_unprotect_rtcp), 0, session, source, sourceLength, target, targetLength);
}
#endif
