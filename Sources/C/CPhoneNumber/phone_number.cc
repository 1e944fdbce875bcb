#include "CPhoneNumber.h"

#include <phonenumbers/phonenumberutil.h>

#include <cstring>
#include <string>

namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

template <size_t size>
void copy(char (&to)[size], const std::string &from) {
  const size_t length = from.size() < size ? from.size() : size - 1;
  memcpy(to, from.data(), length);
  to[length] = 0;
}

int resultOf(PhoneNumberUtil::ErrorType error) {
  switch (error) {
    case PhoneNumberUtil::NO_PARSING_ERROR:
      return KLINKE_PHONE_OK;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR:
      return KLINKE_PHONE_UNKNOWN_COUNTRY_CODE;
    case PhoneNumberUtil::TOO_SHORT_AFTER_IDD:
    case PhoneNumberUtil::TOO_SHORT_NSN:
      return KLINKE_PHONE_TOO_SHORT;
    case PhoneNumberUtil::TOO_LONG_NSN:
      return KLINKE_PHONE_TOO_LONG;
    default:
      return KLINKE_PHONE_NOT_A_NUMBER;
  }
}

}  // namespace

int klinke_phone_parse(const char *number, const char *region, struct klinke_phone_number *out) {
  memset(out, 0, sizeof *out);
  const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
  PhoneNumber parsed;
  const int result = resultOf(util.Parse(number, region, &parsed));
  if (result != KLINKE_PHONE_OK) return result;

  std::string text;
  util.Format(parsed, PhoneNumberUtil::E164, &text);
  copy(out->e164, text);
  util.Format(parsed, PhoneNumberUtil::INTERNATIONAL, &text);
  copy(out->international, text);
  util.Format(parsed, PhoneNumberUtil::NATIONAL, &text);
  copy(out->national, text);
  util.GetRegionCodeForNumber(parsed, &text);
  if (text == "ZZ" || text.empty()) {
    // Not assigned anywhere: the main region of the country code still tells which country is meant.
    util.GetRegionCodeForCountryCode(parsed.country_code(), &text);
  }
  copy(out->region, text);

  switch (util.IsPossibleNumberWithReason(parsed)) {
    case PhoneNumberUtil::TOO_SHORT:
    case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY:
      return KLINKE_PHONE_TOO_SHORT;
    case PhoneNumberUtil::TOO_LONG:
    case PhoneNumberUtil::INVALID_LENGTH:
      return KLINKE_PHONE_TOO_LONG;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE:
      return KLINKE_PHONE_UNKNOWN_COUNTRY_CODE;
    default:
      break;
  }
  return util.IsValidNumber(parsed) ? KLINKE_PHONE_OK : KLINKE_PHONE_NOT_ASSIGNED;
}
