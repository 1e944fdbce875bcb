#ifndef CDESCRIPTOR_H
#define CDESCRIPTOR_H

#include "descriptor.pb-c.h"
#include "plugin.pb-c.h"

#endif
