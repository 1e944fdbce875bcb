#ifndef CPOSTGRES_SHIM_H
#define CPOSTGRES_SHIM_H
#include <libpq-fe.h>

/* Character constants, which Swift does not import as macros. */
enum {
  klinke_diag_sqlstate = PG_DIAG_SQLSTATE,
  klinke_diag_message = PG_DIAG_MESSAGE_PRIMARY,
  klinke_diag_detail = PG_DIAG_MESSAGE_DETAIL,
  klinke_diag_position = PG_DIAG_STATEMENT_POSITION,
  klinke_diag_table = PG_DIAG_TABLE_NAME,
  klinke_diag_constraint = PG_DIAG_CONSTRAINT_NAME
};
#endif
