// A C view of the parts of libphonenumber that Klinke uses.
#ifndef CPHONENUMBER_H
#define CPHONENUMBER_H

#ifdef __cplusplus
extern "C" {
#endif

enum klinke_phone_result {
  KLINKE_PHONE_OK = 0,
  KLINKE_PHONE_NOT_A_NUMBER = 1,
  KLINKE_PHONE_UNKNOWN_COUNTRY_CODE = 2,
  KLINKE_PHONE_TOO_SHORT = 3,
  KLINKE_PHONE_TOO_LONG = 4,
  // Digits that the numbering plan does not assign.
  KLINKE_PHONE_NOT_ASSIGNED = 5,
};

// A parsed number; every string ends in NUL. The region is filled in whenever the country code is
// known, also for a number that is not assigned.
struct klinke_phone_number {
  char e164[24];
  char region[8];
  char international[64];
  char national[64];
};

// Reads `number` as people write it, national numbers in `region` (ISO 3166, two letters).
// Thread-safe; the first call builds the tables.
int klinke_phone_parse(const char *number, const char *region, struct klinke_phone_number *out);

#ifdef __cplusplus
}
#endif

#endif
