"""Why a delivery failed: a failure to its `Diagnosis`, by rules kept as data in knowledge/."""
